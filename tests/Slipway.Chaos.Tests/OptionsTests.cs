namespace Slipway.Chaos.Tests;

public sealed class OptionsTests
{
    [Fact]
    public void All_of_it_is_read()
    {
        var options = Options.Parse(["--minutes", "2.5", "--seed", "42", "--nodes", "3", "--agents", "5"]);
        Assert.Equal((2.5, 42, 3, 5, true), (options!.Minutes, options.Seed, options.Nodes, options.Agents, options.UsesPostgres));
    }

    [Theory]
    [InlineData("--minutes")]
    [InlineData("--minutes", "none")]
    [InlineData("--agents", "0")]
    [InlineData("--nodes", "2", "--database", "sqlite")]
    [InlineData("--what", "1")]
    public void What_makes_no_sense_is_refused(params string[] words) => Assert.Null(Options.Parse(words));
}
