using Slipway.Server.Feedback;

namespace Slipway.Server.Tests.Feedback;

public sealed class CsvTests
{
    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("a \"b\"", "\"a \"\"b\"\"\"")]
    [InlineData("a,b;c\nd", "\"a,b;c\nd\"")]
    [InlineData("1-2=3", "\"1-2=3\"")]
    [InlineData(null, "\"\"")]
    public void A_field_is_quoted(string? text, string field) => Assert.Equal(field + "\r\n", Csv.Line(text));

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(1)")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    [InlineData("\n=1")]
    [InlineData("  =1")]
    [InlineData("＝1")]
    [InlineData("＠SUM")]
    public void What_a_spreadsheet_would_run_is_text(string text) => Assert.Equal($"\"'{text}\"\r\n", Csv.Line(text));

    [Fact]
    public void A_field_cannot_begin_another() => Assert.Equal("\"a\"\",\"\"=1\",\"b\"\r\n", Csv.Line("a\",\"=1", "b"));
}
