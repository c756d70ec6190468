using CsCheck;
using Slipway.Contracts.Services;

namespace Slipway.Server.Tests.Deployments.Rules;

public sealed class DurationTests
{
    [Theory]
    [InlineData("500ms", 0.5)]
    [InlineData("30s", 30)]
    [InlineData("5m", 300)]
    [InlineData("2h", 7200)]
    [InlineData("7d", 604800)]
    [InlineData("0s", 0)]
    [InlineData("365d", 31536000)]
    public void A_number_with_a_unit_is_a_duration(string text, double seconds)
    {
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration.Time);
        Assert.Equal(text, duration.Value);
    }

    [Theory]
    [InlineData("30")]
    [InlineData("s")]
    [InlineData("1.5s")]
    [InlineData("-1s")]
    [InlineData("1 s")]
    [InlineData("1w")]
    [InlineData("1S")]
    [InlineData("366d")]
    [InlineData("9999999999s")]
    [InlineData("999999999d")]
    [InlineData("")]
    [InlineData(null)]
    public void Anything_else_is_no_duration(string? text) => Assert.False(Duration.TryParse(text, out _));

    [Fact]
    public void What_is_written_is_read_again() => Gen.Long[0, 365L * 86_400_000].Sample(milliseconds =>
    {
        // Longer than nine digits of milliseconds only in whole seconds, as people write them.
        var duration = new Duration(TimeSpan.FromMilliseconds(milliseconds > 999_999_999 ? milliseconds / 1000 * 1000 : milliseconds));
        Assert.True(Duration.TryParse(duration.Value, out var again), duration.Value);
        Assert.Equal(duration, again);
    });
}
