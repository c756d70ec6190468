using Slipway.Server.Services.Format;

namespace Slipway.Server.Tests.Services;

public sealed class ShellWordsTests
{
    [Theory]
    [InlineData("./a --port ${PORT}", "./a", "--port", "${PORT}")]
    [InlineData("a 'b c' \"d e\"", "a", "b c", "d e")]
    [InlineData("a  \t b\n c", "a", "b", "c")]
    [InlineData("a\\ b c\\'d", "a b", "c'd")]
    [InlineData("a\"b\"'c'd", "abcd")]
    [InlineData("a '' \"\"", "a", "", "")]
    [InlineData("a \"b\\\"c\\\\d\\e\"", "a", "b\"c\\d\\e")]
    [InlineData("a ${X:-b c} d", "a", "${X:-b c}", "d")]
    [InlineData("a \"${X:-b \\ c}\"", "a", "${X:-b \\ c}")]
    [InlineData("a $${X} $X $", "a", "$${X}", "$X", "$")]
    [InlineData("a \\${X}", "a", "$${X}")]
    [InlineData("java -Xmx1g -jar app.jar", "java", "-Xmx1g", "-jar", "app.jar")]
    [InlineData("a '&&' \"|\" \\;", "a", "&&", "|", ";")]
    [InlineData("a b=c;d", "a", "b=c;d")]
    public void Text_is_split_as_a_shell_would(string text, params string[] expected)
    {
        Assert.True(ShellWords.TrySplit(text, out var words, out var problem), problem);
        Assert.Equal(expected, words);
    }

    [Theory]
    [InlineData("a 'b", "single quote")]
    [InlineData("a \"b", "double quote")]
    [InlineData("a \\", "backslash")]
    [InlineData("a ${b", "placeholder")]
    [InlineData("a | b", "shell: true")]
    [InlineData("a && b", "shell: true")]
    [InlineData("a; b", "shell: true")]
    [InlineData("a > b", "shell: true")]
    [InlineData("", "no command")]
    [InlineData("  ", "no command")]
    public void What_needs_a_shell_or_is_not_closed_is_refused(string text, string expected)
    {
        Assert.False(ShellWords.TrySplit(text, out _, out var problem));
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }
}
