export type PeerName =
  | 'sipp'
  | 'baresip'
  | 'chromium'
  | 'bearerbox'
  | 'smsbox'
  | 'perl-smpp'
  | 'gammu'
  | 'socat'
  | 'postfix'
  | 'dovecot'
  | 'dovecot-imap'
  | 'dovecot-lmtp'
  | 'swaks';
export declare const peerNames: readonly PeerName[];
export declare const peerPurposes: Readonly<Record<PeerName, string>>;
export declare function findPeer(name: PeerName, searchPath?: string): string | undefined;
export declare function missingPeers(searchPath?: string): PeerName[];
