# The cases: folders of plain files, described in tests/README.md. One worker runs a lot of them
# and prints a TAP line for each command file.
package Cases;
use strict;
use warnings;
use File::Basename qw(basename dirname);
use File::Copy qw(copy);
use File::Path qw(make_path remove_tree);

my ($limit, $slowdown, $points);

sub run
{
	(my ($cases, $failed, $scratch), $slowdown, my @todo) = @_;
	$points = 0;
	local $| = 1;
	for my $path (@todo) {
		my ($name) = $path =~ m{^tests/cases/(.*)};
		my $dir = "$scratch/case";
		mkdir $dir or die "$dir: $!\n";
		if (!run_case("$cases/$name", $name, $dir)) {
			my $kept = "$failed/$name";
			make_path(dirname($kept));
			system 'cp', '-Rp', $dir, $kept;
			say_diag("the files are in $kept");
		}
		system 'chmod', '-R', 'u+rwx', $dir if $> != 0;
		remove_tree($dir);
	}
	print "1..$points\n";
	return 0;
}

# Runs every command file of one case; true when all passed.
sub run_case
{
	my ($case, $name, $dir) = @_;
	main::own_home($dir);
	$ENV{CASE} = $case;
	delete $ENV{IVNOTES_TODAY};
	$limit = $slowdown * (one_line("$case/seconds") || 30);
	my $vault = "$dir/vault";
	mkdir $vault or die "$vault: $!\n";
	copy_tree("$case/vault", $vault) if -d "$case/vault";

	if (-f "$case/skip") {
		my $status = spawn("$case/skip", $vault, "$dir/skip");
		return point(1, $name . ' # SKIP ' . one_line("$dir/skip.out")) if $status == 0;
	}
	if (-f "$case/setup") {
		my $status = spawn("$case/setup", $vault, "$dir/setup");
		return point(0, $name, "setup ended with $status\n" . slurp("$dir/setup.err")) if $status;
	}
	my $good = 1;
	for my $suffix (suffixes($case)) {
		my @wrong = run_command($case, $suffix, $dir);
		$good &= point(!@wrong, $name . $suffix, @wrong);
	}
	return $good;
}

# '' for cmd, '.2' for cmd.2 and so on, in the order of numbers.
sub suffixes
{
	my ($case) = @_;
	my @numbers = sort { $a <=> $b } map { /\.(\d+)$/ ? $1 : () } glob quotemeta($case) . '/cmd.*';
	return ('', map { ".$_" } @numbers);
}

# Runs one command file, for each of its days; returns what is wrong, as text.
sub run_command
{
	my ($case, $suffix, $dir) = @_;
	my @days = -f "$case/days$suffix" ? lines("$case/days$suffix") : ();
	my ($out, $err, $status) = ('', '', 0);
	for my $day (@days ? @days : today($case, $suffix)) {
		$ENV{IVNOTES_TODAY} = $day;
		$status = spawn("$case/cmd$suffix", "$dir/vault", "$dir/cmd$suffix");
		$out .= "== $day\n" if @days;
		$out .= slurp("$dir/cmd$suffix.out");
		$err .= slurp("$dir/cmd$suffix.err");
	}
	s/\Q$dir\E/\$SCRATCH/g for $out, $err;
	# The shells that start valgrind complain of a folder that has gone.
	$err =~ s/^sh: \d+: getcwd\(\) failed: .*\n//mg if $ENV{IV_VALGRIND};
	# Counts of coverage do not fit in where the program may write nothing either.
	s/^libgcov profiling error:.*\n//mg for $out, $err;

	my @wrong;
	my $wanted = -f "$case/status$suffix" ? one_line("$case/status$suffix") : 0;
	push @wrong, "exit status $status, expected $wanted\n" if $status ne $wanted && !@days;
	push @wrong, compare("$case/expect$suffix", $out, 'stdout', $dir);
	push @wrong, compare("$case/expect.err$suffix", $err, 'stderr', $dir)
		unless -f "$case/any-err$suffix";
	push @wrong, map { slurp($_) } grep { -s $_ } glob "$dir/valgrind.*";
	return @wrong;
}

sub today
{
	my ($case, $suffix) = @_;
	for my $file ("$case/today$suffix", "$case/today") {
		return one_line($file) if -f $file;
	}
	return '2026-11-23';
}

# Runs `sh FILE` in a folder, output to LOG.out and LOG.err; returns the exit status as a shell
# shows it, 'timeout' when it took too long. What it started ends with it.
sub spawn
{
	my ($file, $cwd, $log) = @_;
	my $pid = fork // die "fork: $!\n";
	if (!$pid) {
		setpgrp;
		chdir $cwd or die "$cwd: $!\n";
		open STDIN, '<', '/dev/null' or die;
		open STDERR, '>', "$log.err" or die;
		open STDOUT, '>', "$log.out" or die;
		exec 'sh', $file or die;
	}
	my $late = 0;
	local $SIG{ALRM} = sub { $late = 1; kill 'KILL', -$pid };
	alarm $limit;
	1 while waitpid($pid, 0) == -1 && $!{EINTR};
	my $status = $?;
	alarm 0;
	kill 'KILL', -$pid;
	return "timeout after $limit s" if $late;
	return $status & 127 ? 128 + ($status & 127) : $status >> 8;
}

# A difference to what a file says, as a diff; nothing when there is none.
sub compare
{
	my ($file, $got, $what, $dir) = @_;
	my $expected = -f $file ? slurp($file) : '';
	return "there is no file '" . basename($file) . "'\n" if $what eq 'stdout' && !-f $file;
	return if $got eq $expected;
	open my $out, '>', "$dir/got" or die "$dir/got: $!\n";
	print $out $got;
	close $out or die;
	my $wanted = -f $file ? $file : '/dev/null';
	open my $diff, '-|', 'diff', '-a', '-u', '--label', "expected $what", '--label', "got $what",
		$wanted, "$dir/got" or die;
	my @lines = <$diff>;
	splice @lines, 100, @lines - 100, "...\n" if @lines > 100;
	return join '', @lines;
}

sub point
{
	my ($ok, $name, @wrong) = @_;
	$points++;
	print $ok ? 'ok' : 'not ok', " $points - $name\n";
	say_diag("$name:\n" . join '', @wrong) unless $ok;
	return $ok;
}

# To stderr in one piece, because another worker writes too; control characters made visible.
sub say_diag
{
	my ($text) = @_;
	$text =~ s/([\x00-\x08\x0b-\x1f\x7f])/sprintf '\\x%02x', ord $1/ge;
	$text =~ s/\n+\z//;
	$text =~ s/^/# /mg;
	syswrite STDERR, "$text\n";
}

sub slurp
{
	my ($path) = @_;
	open my $in, '<:raw', $path or return '';
	local $/;
	return <$in> // '';
}

sub lines
{
	my ($path) = @_;
	return grep { length } split /\s*\n/, slurp($path);
}

sub one_line
{
	my ($path) = @_;
	return (lines($path))[0] // '';
}

# Copies files, folders and symbolic links, with the right to execute, without a process each.
sub copy_tree
{
	my ($from, $to) = @_;
	opendir my $handle, $from or die "$from: $!\n";
	for my $name (grep { $_ ne '.' && $_ ne '..' } readdir $handle) {
		my ($old, $new) = ("$from/$name", "$to/$name");
		if (-l $old) {
			symlink readlink($old), $new or die "$new: $!\n";
		} elsif (-d $old) {
			mkdir $new or die "$new: $!\n";
			copy_tree($old, $new);
		} else {
			copy($old, $new) or die "$new: $!\n";
			chmod 0755, $new if -x $old;
		}
	}
}

1;
