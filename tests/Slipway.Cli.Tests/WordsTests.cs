using Slipway.Cli.Output;
using Xunit;

namespace Slipway.Cli.Tests;

public sealed class WordsTests
{
    [Fact]
    public void A_long_sentence_is_broken_between_words_and_goes_on_below_itself() =>
        Assert.Equal("web-1 did not become\n    healthy on 2.0 within\n    8 s", Words.Wrap("web-1 did not become healthy on 2.0 within 8 s", 26, 4));

    [Fact]
    public void A_word_longer_than_the_line_is_broken_where_the_line_ends() =>
        Assert.Equal(new string('x', 22) + "\n    " + new string('x', 8), Words.Wrap(new string('x', 30), 26, 4));

    [Fact]
    public void Without_a_width_nothing_is_broken() => Assert.Equal(new string('x', 300), Words.Wrap(new string('x', 300), 0, 4));

    [Theory]
    [InlineData(365, "365d")]
    [InlineData(90, "90d")]
    public void What_is_good_for_days_is_not_said_to_be_good_for_longer(int days, string said) =>
        Assert.Equal(said, Words.Left(TimeSpan.FromDays(days) - TimeSpan.FromSeconds(2)));

    [Fact]
    public void What_is_said_again_and_again_is_said_once() =>
        Assert.Equal(["begin", "no database   (3 times)", "end"], Repetition.Fold(["begin", "no database", "no database", "no database", "end"]));
}
