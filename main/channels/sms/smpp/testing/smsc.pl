#!/usr/bin/perl
# An SMSC on Net::SMPP, which shares no code with Dialdesk: takes one bind, answers every message, reports on it in the
# text style with an id in hexadecimal, asks for a sign of life, and sends one message from a phone. Tells on standard output
# what it saw, one JSON object of strings a line. A destination that ends with 95 is reported as not delivered.
use strict;
use warnings;
use IO::Handle;
use Net::SMPP;

STDOUT->autoflush(1);
my $listener = Net::SMPP->new_listen('127.0.0.1', smpp_version => 0x34, interface_version => 0x00, port => 0)
  or die "cannot listen: $!";
report(event => 'listening', port => $listener->sockport);
my $esme = $listener->accept or die "nobody came: $!";
my $taken = 254;

while (my $pdu = $esme->read_pdu) {
  my $command = $pdu->{cmd};
  if ($command == Net::SMPP::CMD_bind_transceiver) {
    report(event => 'bind', system_id => $pdu->{system_id}, password => $pdu->{password},
      version => $pdu->{interface_version});
    $esme->set_version(0x34);
    $esme->bind_transceiver_resp(system_id => 'perl', seq => $pdu->{seq});
    $esme->enquire_link(async => 1);
  } elsif ($command == Net::SMPP::CMD_submit_sm) {
    take($pdu);
  } elsif ($command == Net::SMPP::CMD_query_sm) {
    $esme->query_sm_resp(message_id => $pdu->{message_id}, final_date => '', message_state => 2,
      error_code => 0, seq => $pdu->{seq});
  } elsif ($command == Net::SMPP::CMD_enquire_link) {
    $esme->enquire_link_resp(seq => $pdu->{seq});
  } elsif ($command == Net::SMPP::CMD_unbind) {
    report(event => 'unbind');
    $esme->unbind_resp(seq => $pdu->{seq});
    last;
  } else {
    report(event => 'answer', command => sprintf('%08x', $command), status => $pdu->{status});
  }
}
report(event => 'end');

sub take {
  my ($pdu) = @_;
  $taken += 1;
  report(event => 'submit', source => $pdu->{source_addr}, source_ton => $pdu->{source_addr_ton},
    destination => $pdu->{destination_addr}, esm_class => $pdu->{esm_class},
    data_coding => $pdu->{data_coding}, validity => $pdu->{validity_period},
    registered => $pdu->{registered_delivery}, text => unpack('H*', $pdu->{short_message}));
  $esme->submit_sm_resp(message_id => "$taken", seq => $pdu->{seq});
  my $state = $pdu->{destination_addr} =~ /95$/ ? 'UNDELIV' : 'DELIVRD';
  my $error = $state eq 'UNDELIV' ? '011' : '000';
  my $id = sprintf('%08X', $taken);
  $esme->deliver_sm(async => 1, esm_class => 0x04, source_addr_ton => 1, source_addr_npi => 1,
    source_addr => $pdu->{destination_addr}, destination_addr => $pdu->{source_addr},
    short_message => "id:$id sub:001 dlvrd:001 submit date:2611221000 done date:2611221001 stat:$state err:$error text:");
  return unless $taken == 255;
  # 'Zapłacę jutro' in UCS-2
  $esme->deliver_sm(async => 1, source_addr_ton => 1, source_addr_npi => 1, source_addr => $pdu->{destination_addr},
    destination_addr => '7157', data_coding => 8,
    short_message => pack('H*', '005a0061007001420061006301190020006a007500740072006f'));
}

sub report {
  my (%told) = @_;
  print '{', join(',', map { qq("$_":"$told{$_}") } sort keys %told), "}\n";
}
