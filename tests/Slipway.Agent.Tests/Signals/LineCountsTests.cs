using Slipway.Agent.Identity;
using Slipway.Agent.Logs;
using Slipway.Agent.Signals.Lines;
using Xunit;
using V1 = Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Tests.Signals;

/// <summary>Lines that checks count, of one process and not of the one before it.</summary>
public sealed class LineCountsTests : IDisposable
{
    private static readonly V1.LineCount Deadlocks = new() { Name = "lines:dead.?lock", Pattern = "dead.?lock" };
    private static readonly V1.LineCount Errors = new() { Name = "level:Error", Level = V1.LineLevel.Error };
    private static readonly V1.LineCount Warnings = new() { Name = "level:Warning", Level = V1.LineLevel.Warning };

    private readonly ServiceFolder folder = new(Directory.CreateTempSubdirectory("slipway-").FullName);
    private readonly LogFiles files;
    private readonly LineKinds kinds = new();
    private readonly OutputReader reader;

    public LineCountsTests()
    {
        Directory.CreateDirectory(folder.Logs);
        files = new(folder);
        reader = new(files);
    }

    [Fact]
    public void Patterns_are_looked_for_in_every_line_and_levels_once_for_an_error_with_its_stack()
    {
        reader.Begin(new([Deadlocks, Errors, Warnings]));
        Write("INFO deadlock? no\nWARN slow\nERROR dead lock\n   at Shop.Orders() deadlock\n");
        Assert.Equal([("lines:dead.?lock", 3), ("level:Error", 1), ("level:Warning", 2)], Read().Counted);
        Assert.Equal([("lines:dead.?lock", 0), ("level:Error", 0), ("level:Warning", 0)], Read().Counted);
    }

    [Fact]
    public void What_the_process_before_has_printed_is_not_held_against_the_next_one()
    {
        reader.Begin(new([Deadlocks]));
        Write("ERROR deadlock\n");
        reader.End(1, kinds);
        Write("first deadlock\n");
        var before = Read();
        Assert.Equal((1, 1), (before.Lines, before.Errors));
        reader.Begin(new([Deadlocks]));
        Write("deadlock\ndeadlock\n");

        var tally = Read();
        Assert.Equal([("lines:dead.?lock", 3)], tally.Counted);
        Assert.Equal((3, 0), (tally.Lines, tally.Errors));
    }

    [Fact]
    public void What_cannot_be_understood_is_not_counted_and_the_rest_is()
    {
        reader.Begin(new([new() { Name = "lines:(?=a)", Pattern = "(?=a)" }, new() { Name = "lines:(", Pattern = "(" }, new() { Name = "nothing" }, Errors, Errors]));
        Write("ERROR a\n");
        Assert.Equal([("level:Error", 1)], Read().Counted);
    }

    [Fact]
    public void A_hostile_pattern_costs_no_more_than_the_line_is_long()
    {
        reader.Begin(new([new() { Name = "lines:(a+)+$", Pattern = "(a+)+$" }]));
        Write(new string('a', 4000) + "!\n");
        Assert.Equal([("lines:(a+)+$", 0)], Read().Counted);
    }

    public void Dispose() => Directory.Delete(folder.Root, recursive: true);

    private LineTally Read() => reader.Read(1, kinds);

    private void Write(string text) => File.AppendAllText(files.Path, text);
}
