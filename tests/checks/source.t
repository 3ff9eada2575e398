#!/usr/bin/perl
# Who may include whom, which folder may include which library, and what only src/cmd may do.
use strict;
use warnings;
use lib "$ENV{TESTS}/lib";
use Source;

# The stages, each with those whose headers it may include beside its own.
my %stage = (
	base => [],
	yaml => [qw(base)],
	note => [qw(base yaml)],
	vault => [qw(base yaml note)],
	history => [qw(base note)],
	vcs => [qw(base yaml note vault history merge)],
	index => [qw(base yaml note vault history)],
	rules => [qw(base yaml note vault index)],
	edit => [qw(base yaml note)],
	merge => [qw(base yaml note edit)],
	view => [qw(base note)],
	cmd => [qw(base yaml note vault history vcs index rules edit merge view)],
);
# Public headers that a stage may include beyond the ones named like its stages.
my %public = (view => [qw(vault index rules history)]);
# The header that includes all public ones.
$stage{ivnotes} = [qw(base note vault history vcs index rules edit merge view)];

my %library = (
	'cmark.h' => 'note', 'yaml.h' => 'yaml', 'sqlite3.h' => 'index', 'git2.h' => 'vcs',
	'zlib.h' => 'vcs', 'pcre2.h' => 'base', 'utf8proc.h' => 'base',
);

# Below cmd nothing prints, exits or reads the environment. The one exception says that memory is
# exhausted, when nothing else can be done.
my $own = qr/\b((?:printf|vprintf|puts|putchar|perror|exit|_exit|_Exit|quick_exit|getenv
	|secure_getenv|setenv|putenv)(?=\s*\()|stdout|stderr|environ)\b/x;
my %may = ('src/base/mem.c' => qr/^stderr$/);

my %wrong = map { $_ => [] } qw(direction library public own);

sub complain
{
	my ($what, $path, $line, $text) = @_;
	push @{$wrong{$what}}, "$path:$line: $text";
}

sub check_quoted
{
	my ($path, $line, $from, $to) = @_;
	if ($path =~ m{^include/}) {
		complain('public', $path, $line, "a public header includes \"$to\"");
		return;
	}
	complain('direction', $path, $line, "\"$to\" is no path from src/") unless -f "src/$to";
	my ($folder) = $to =~ m{^([^/]+)/} or return;
	complain('direction', $path, $line, "$from may not include $folder")
		unless grep { $_ eq $folder } $from, @{$stage{$from}};
}

sub check_angled
{
	my ($path, $line, $from, $to) = @_;
	if ($to =~ m{^ivnotes/(.+)\.h$}) {
		complain('direction', $path, $line, "$from may not include <$to>")
			unless grep { $_ eq $1 } $from, @{$stage{$from}}, @{$public{$from} || []};
	} elsif ($to =~ m{^(git2)/} || $library{$to}) {
		my $owner = $library{$to} || $library{'git2.h'};
		complain('library', $path, $line, "<$to> belongs to src/$owner") if $from ne $owner;
	}
}

for my $path (Source::files('include', 'src')) {
	my ($from) = $path =~ m{^src/([^/]+)/|^include/ivnotes/(.+)\.h$} ? $1 // $2 : 'cmd';
	if (!$stage{$from}) {
		complain('direction', $path, 1, "the stage '$from' is not known to this check");
		next;
	}
	my @raw = split /\n/, Source::text($path);
	my @lines = Source::lines($path);
	for my $i (0 .. $#lines) {
		if ($lines[$i] =~ /^\s*#\s*include\b/) {
			check_quoted($path, $i + 1, $from, $1) if $raw[$i] =~ /include\s*"([^"]+)"/;
			check_angled($path, $i + 1, $from, $1) if $raw[$i] =~ /include\s*<([^>]+)>/;
		} elsif ($from ne 'cmd') {
			while ($lines[$i] =~ /$own/g) {
				my $word = $1;
				next if $may{$path} && $word =~ $may{$path};
				complain('own', $path, $i + 1, "'$word' outside src/cmd");
			}
		}
	}
}

my @points = (
	[direction => 'include directions'],
	[library => 'library headers stay in their folders'],
	[public => 'public headers include public headers only'],
	[own => 'only src/cmd prints, exits and reads the environment'],
);
print '1..', scalar @points, "\n";
for my $n (1 .. @points) {
	my ($key, $name) = @{$points[$n - 1]};
	my @list = @{$wrong{$key}};
	print @list ? 'not ' : '', "ok $n - $name\n", map { "# $_\n" } @list;
}
