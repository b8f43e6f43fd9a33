# One deed of Perl's Net::FTP: host port account password tls active deed remote local.
use strict;
use warnings;
use Net::FTP;

my ($host, $port, $account, $password, $tls, $active, $deed, $remote, $local) = @ARGV;
my $ftp = Net::FTP->new(
  $host,
  Port => $port,
  Timeout => 20,
  Passive => $active eq 'active' ? 0 : 1,
  SSL_verify_mode => 0,
) or die "connect: $@";
sub must { my ($done, $what) = @_; $done or die "$what: " . $ftp->code . ' ' . $ftp->message; }
if ($tls eq 'tls') {
  must($ftp->starttls, 'starttls');
}
must($ftp->login($account, $password), 'login');
must($ftp->binary, 'binary');
if ($deed eq 'list') {
  my $lines = $ftp->dir($remote);
  must($lines, 'dir');
  print "$_\n" for @$lines;
} elsif ($deed eq 'get') {
  must($ftp->get($remote, $local), 'get');
} elsif ($deed eq 'put') {
  must($ftp->put($local, $remote), 'put');
} elsif ($deed eq 'go-on-get') {
  must($ftp->get($remote, $local, -s $local), 'get');
} elsif ($deed eq 'go-on-put') {
  open(my $file, '<:raw', $local) or die $!;
  my $there = $ftp->size($remote);
  seek($file, $there, 0);
  must($ftp->append($file, $remote), 'append');
} elsif ($deed eq 'rename') {
  must($ftp->rename($remote, $local), 'rename');
} elsif ($deed eq 'delete') {
  must($ftp->delete($remote), 'delete');
} else {
  die "no such deed: $deed";
}
must($ftp->quit, 'quit');
