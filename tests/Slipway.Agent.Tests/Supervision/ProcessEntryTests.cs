using Slipway.Agent.Supervision;
using Xunit;

namespace Slipway.Agent.Tests.Supervision;

public sealed class ProcessEntryTests
{
    [Fact]
    public void Fields_are_counted_after_a_name_that_looks_like_fields()
    {
        const string stat = "4711 (a) Z 1 (b)) S 1 4700 4699 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 1 0 987654 10 20\n";

        Assert.Equal(new ProcessEntry(4711, 'S', 1, 4700, 4699, 987654), ProcessEntry.Parse(stat));
    }

    [Fact]
    public void This_process_is_in_the_table()
    {
        var entry = ProcessTable.Read(Environment.ProcessId);

        Assert.Equal(Environment.ProcessId, entry!.Value.Pid);
        Assert.False(entry.Value.HasEnded);
        Assert.True(ProcessIdentity.Of(Environment.ProcessId)!.IsAlive);
    }

    [Fact]
    public void A_process_id_that_was_given_to_another_process_is_not_taken_for_the_first()
    {
        var mine = ProcessIdentity.Of(Environment.ProcessId)!;

        Assert.False((mine with { StartTicks = mine.StartTicks - 1 }).IsAlive);
        Assert.False((mine with { Boot = "another boot" }).IsAlive);
    }
}
