# The C source as the checks see it: comments and the text of strings blanked, lines kept.
package Source;
use strict;
use warnings;

# The C files below the folders, by path from the root.
sub files
{
	my @found;
	my @todo = grep { -d } @_;
	while (my $dir = shift @todo) {
		opendir my $handle, $dir or die "$dir: $!\n";
		for my $name (sort grep { !/^\./ } readdir $handle) {
			push @todo, "$dir/$name" if -d "$dir/$name";
			push @found, "$dir/$name" if $name =~ /\.[ch]$/;
		}
	}
	return sort @found;
}

sub text
{
	my ($path) = @_;
	open my $in, '<:raw', $path or die "$path: $!\n";
	local $/;
	return <$in> // '';
}

sub lines
{
	my ($path) = @_;
	my $text = text($path);
	$text =~ s{
		(/\*.*?\*/|//[^\n]*)            # a comment
		| (")((?:[^"\\\n]|\\.)*)"       # a string
		| '(?:[^'\\\n]|\\.)+'           # a character
	}{ defined $1 ? blank($1) : defined $2 ? '"' . blank($3) . '"' : "' '" }gsex;
	return split /\n/, $text, -1;
}

sub blank
{
	my ($text) = @_;
	$text =~ s/[^\n]/ /g;
	return $text;
}

1;
