using CsCheck;
using Slipway.Contracts.Services;

namespace Slipway.Server.Tests.Deployments.Rules;

public sealed class AmountTests
{
    [Theory]
    [InlineData("1", 10, 1)]
    [InlineData("3", 10, 3)]
    [InlineData("30", 10, 10)]
    [InlineData("25%", 4, 1)]
    [InlineData("25%", 10, 3)]
    [InlineData("1%", 3, 1)]
    [InlineData("100%", 7, 7)]
    [InlineData("50%", 1, 1)]
    [InlineData("5", 0, 0)]
    [InlineData("50%", 0, 0)]
    public void A_share_is_rounded_up_and_never_more_than_there_are(string text, int total, int expected)
    {
        Assert.True(Amount.TryParse(text, out var amount));
        Assert.Equal(expected, amount.Of(total));
        Assert.Equal(text, amount.Value);
    }

    [Theory]
    [InlineData("7%", 100, 7)]
    [InlineData("29%", 100, 29)]
    [InlineData("55%", 100, 55)]
    [InlineData("57%", 100, 57)]
    [InlineData("14%", 50, 7)]
    public void A_share_that_is_a_whole_number_is_exactly_that_number(string text, int total, int expected)
    {
        Assert.True(Amount.TryParse(text, out var amount));
        Assert.Equal(expected, amount.Of(total));
    }

    [Fact]
    public void Every_share_of_every_fleet_is_the_smallest_count_that_reaches_it() =>
        Gen.Select(Gen.Int[1, 100], Gen.Int[1, 10_000]).Sample((share, total) =>
        {
            var count = Amount.Percent(share).Of(total);
            Assert.True((long)count * 100 >= (long)share * total);
            Assert.True((long)(count - 1) * 100 < (long)share * total);
        });

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("0%")]
    [InlineData("101%")]
    [InlineData("100001")]
    [InlineData("1.5")]
    [InlineData("10 %")]
    [InlineData("%")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("many")]
    public void Anything_else_is_no_amount(string? text) => Assert.False(Amount.TryParse(text, out _));
}
