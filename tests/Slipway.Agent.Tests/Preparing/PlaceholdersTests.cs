using Slipway.Agent.Preparing;
using Xunit;

namespace Slipway.Agent.Tests.Preparing;

public sealed class PlaceholdersTests
{
    private static readonly Dictionary<string, string> Values = new() { ["PORT"] = "8080", ["EMPTY"] = "", ["label.zone"] = "b" };

    [Theory]
    [InlineData("--port ${PORT}", "--port 8080")]
    [InlineData("${PORT}${PORT}", "80808080")]
    [InlineData("${label.zone}", "b")]
    [InlineData("${NOT_SET:-fallback}", "fallback")]
    [InlineData("${NOT_SET:-}", "")]
    [InlineData("${EMPTY:-fallback}", "fallback")]
    [InlineData("<${EMPTY}>", "<>")]
    [InlineData("$${PORT}", "${PORT}")]
    [InlineData("$${PORT} ${PORT}", "${PORT} 8080")]
    [InlineData("costs $5 and $PORT", "costs $5 and $PORT")]
    [InlineData("ends with $", "ends with $")]
    [InlineData("", "")]
    public void Placeholders_are_filled_in(string text, string expected)
    {
        Assert.True(Placeholders.TrySubstitute(text, Values, out var result, out _));
        Assert.Equal(expected, result);
    }

    [Theory]
    [InlineData("a ${MISSING} b", "MISSING")]
    [InlineData("a ${PORT", "${PORT")]
    [InlineData("${}", "")]
    public void What_nobody_has_set_is_named(string text, string expected)
    {
        Assert.False(Placeholders.TrySubstitute(text, Values, out _, out var unknown));
        Assert.Equal(expected, unknown);
    }

    [Fact]
    public void A_value_is_never_expanded_again()
    {
        var values = new Dictionary<string, string> { ["A"] = "${B}", ["B"] = "secret" };
        Assert.True(Placeholders.TrySubstitute("${A}", values, out var result, out _));
        Assert.Equal("${B}", result);
    }
}
