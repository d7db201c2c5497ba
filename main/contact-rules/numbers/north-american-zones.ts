/**
 * Area codes of the North American plan by zone, for codes that lie in one zone or in a named pair.
 * A code that is not listed counts with every zone of its country, which is the strict side.
 */
const codesByZones: Readonly<Record<string, string>> = {
  'America/New_York':
    '201 202 203 207 212 215 216 220 223 227 229 234 239 240 252 267 272 276 301 302 304 305 315 321 326 329 330 332 336 339 347 351 352 363 380 386 401 404 407 410 412 413 419 434 440 443 445 470 475 478 484 508 513 516 518 540 551 561 567 570 571 582 585 586 603 607 609 610 614 617 631 640 646 656 667 678 680 681 686 689 703 704 706 716 717 718 724 727 732 734 740 743 754 757 762 770 772 774 781 786 802 803 804 810 813 814 821 828 835 838 839 843 845 848 854 856 857 860 861 862 863 864 878 904 908 910 912 914 917 919 929 934 937 941 943 947 948 954 959 973 978 980 984 989 248 269 313 517 616 679 231',
  'America/Chicago':
    '205 210 214 217 218 224 225 228 251 254 256 262 281 309 312 314 316 318 319 320 325 331 334 337 346 361 402 405 409 414 417 430 432 447 464 469 479 501 504 507 512 515 531 534 539 557 563 572 573 580 601 608 612 615 618 629 630 636 641 651 659 660 662 682 708 712 713 715 726 730 731 737 763 769 773 779 806 815 816 817 830 832 847 870 872 901 903 913 918 920 936 938 940 945 952 956 972 975 979 985',
  'America/Denver': '303 307 385 406 435 505 575 719 720 801 970 983',
  'America/Phoenix': '480 520 602 623',
  'America/Los_Angeles':
    '206 209 213 253 279 310 323 341 350 360 408 415 424 425 442 503 509 510 559 562 564 619 626 628 530 650 657 661 669 702 707 714 725 747 760 775 805 818 820 831 837 840 858 909 916 925 949 951 971',
  'America/Anchorage': '907',
  'Pacific/Honolulu': '808',
  // both sides of a border between zones
  'America/New_York America/Chicago':
    '270 364 423 502 606 812 850 859 865 906 930 219 260 317 463 574 765 448',
  'America/Chicago America/Denver': '308 605 620 701 785 915',
  'America/Los_Angeles America/Denver': '208 986 458 541',
  'America/Denver America/Phoenix': '928',
  'America/Toronto':
    '226 249 289 343 365 416 418 437 438 450 514 519 579 581 613 647 705 819 873 905',
  'America/Winnipeg': '204 431',
  'America/Vancouver': '236 604 672 778',
  'America/Edmonton': '403 587 780 825',
  'America/Halifax': '506 782 902',
};

const byCode = new Map<string, Set<string>>();
for (const [zones, codes] of Object.entries(codesByZones)) {
  for (const code of codes.split(' ')) {
    const known = byCode.get(code) ?? new Set();
    for (const zone of zones.split(' ')) known.add(zone);
    byCode.set(code, known);
  }
}

/** Zones of an area code, such as `212`; null for one that is not listed. */
export function northAmericanZones(areaCode: string): string[] | null {
  const zones = byCode.get(areaCode);
  return zones ? [...zones] : null;
}
