#!/usr/bin/perl
# Every rule has its cases: what it finds and what it does not, the days on which the row comes and
# goes, silenced, of another severity, off, each setting changed; and where it is owed to a person,
# paused, unwanted, lapsed.
use strict;
use warnings;
use Time::Local qw(timegm);
use lib "$ENV{TESTS}/lib";
use Source;

my ($rules, $cases) = ("$ENV{ROOT}/src/rules", "$ENV{TESTS}/cases/rules");

# Notes that cannot be read cannot ask to be left alone.
my %mute = map { $_ => 1 } qw(encoding unreadable);

my $points = 0;
my @ids = map { m{/([^/]+)\.sql$} } sort glob "$rules/*.sql";
my %cases_of = cases_of(@ids);
check_rule($_) for @ids;
print "1..$points\n";

sub check_rule
{
	my ($id) = @_;
	my $text = Source::text("$rules/$id.sql");
	my %is = $text =~ /^-- (kind|to|lapse): (\w+)/mg;
	my @settings = $text =~ /^-- (?:setting|pattern): (\S+)/mg;
	my @of = @{$cases_of{$id}};

	point(scalar(grep { fires($id, $_) } @of), "$id: finds something");
	point(scalar(grep { spares($id, $_) } @of), "$id: and elsewhere nothing");
	point(comes_and_goes($id), "$id-days: the row comes or goes between two days") if is_dated($text);
	for my $aspect (aspects($id, %is)) {
		point(scalar(grep { /^\Q$id-$aspect\E(-|$)/ } @of), "$id-$aspect");
	}
	for my $key (@settings) {
		point(scalar(grep { changes($_, $key) } @of), "$id: a case changes $key");
	}
}

sub aspects
{
	my ($id, %is) = @_;
	my @aspects = $mute{$id} ? qw(severity off) : qw(suppressed severity off);
	return @aspects unless ($is{to} // '') eq 'person';
	push @aspects, qw(paused do-not-contact);
	push @aspects, 'lapsed' if ($is{lapse} // '') ne 'never';
	return @aspects;
}

# 'thank-you-days' is of the rule with the longest id that it begins with.
sub cases_of
{
	my %of = map { $_ => [] } @_;
	for my $case (map { m{/([^/]+)/cmd$} } sort glob "$cases/*/cmd") {
		my ($id) = sort { length $b <=> length $a } grep { $case =~ /^\Q$_\E(-|$)/ } @_;
		if ($id) {
			push @{$of{$id}}, $case;
		} else {
			point(0, "$case begins with the id of a rule");
		}
	}
	return %of;
}

# Does the first query give a day at all?
sub is_dated
{
	my ($text) = @_;
	my ($columns) = $text =~ /^SELECT (.*?)^FROM/ms;
	return ($columns // '') !~ /NULL AS since,\s+NULL AS due,\s+NULL AS until/;
}

sub output
{
	my ($case) = @_;
	return map { Source::text($_) } grep { -f } glob "$cases/$case/expect $cases/$case/expect.[0-9]";
}

sub fires
{
	my ($id, $case) = @_;
	return grep { /\[\Q$id\E\]|"rule": ?"\Q$id\E"/ } output($case);
}

# Notes that give no row by what they say, not because somebody asked for silence.
sub spares
{
	my ($id, $case) = @_;
	return $case !~ /^\Q$id\E-(off|suppressed|paused|do-not-contact)/ && !fires($id, $case);
}

# Some days of the case have the row and some have not; where it comes or goes from one day to the
# next of the list, nothing lies between them.
sub comes_and_goes
{
	my ($id) = @_;
	my $case = "$cases/$id-days";
	return 0 unless -f "$case/days" && -f "$case/expect";
	my (undef, @days) = split /^== (.*)\n/m, Source::text("$case/expect"), -1;
	my ($turns, $before, $had) = (0);
	while (my ($day, $lines) = splice @days, 0, 2) {
		my $has = $lines =~ /\[\Q$id\E\]/ ? 1 : 0;
		if (defined $had && $has != $had) {
			return 0 if next_day($before) ne $day;
			$turns++;
		}
		($before, $had) = ($day, $has);
	}
	return $turns;
}

sub next_day
{
	my ($year, $month, $day) = split /-/, shift;
	my @date = gmtime(timegm(0, 0, 12, $day, $month - 1, $year) + 86400);
	return sprintf '%04d-%02d-%02d', $date[5] + 1900, $date[4] + 1, $date[3];
}

# The key in the case's config, flat or within a mapping.
sub changes
{
	my ($case, $key) = @_;
	my ($last) = $key =~ /([^.]+)$/;
	my $config = join "\n", map { Source::text($_) }
		grep { -f } "$cases/$case/vault/.ivnotes/config.yaml", glob "$cases/$case/cmd*";
	return $config =~ /^\s*["']?(\Q$key\E|\Q$last\E)["']?\s*:/m;
}

sub point
{
	my ($ok, $name) = @_;
	$points++;
	print $ok ? '' : 'not ', "ok $points - $name\n";
}
