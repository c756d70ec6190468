using Slipway.Agent.Preparing;
using Slipway.Contracts.Agent.V1;
using Xunit;

namespace Slipway.Agent.Tests.Preparing;

public sealed class RetentionRulesTests
{
    [Fact]
    public void The_newest_stay_and_the_rest_goes_oldest_first() =>
        Assert.Equal(["v1", "v2"], Obsolete(versions: 2, budget: 0, kept: [], "v1", "v2", "v3", "v4"));

    [Fact]
    public void What_runs_or_ran_before_stays_however_old() =>
        Assert.Equal(["v3", "v4"], Obsolete(versions: 2, budget: 0, kept: ["v1", "v2"], "v1", "v2", "v3", "v4"));

    [Fact]
    public void The_disk_budget_takes_the_oldest_first() =>
        Assert.Equal(["v1", "v2"], Obsolete(versions: 10, budget: 250, kept: [], "v1", "v2", "v3", "v4"));

    [Fact]
    public void No_budget_deletes_what_is_needed() =>
        Assert.Equal(["v1", "v2"], Obsolete(versions: 10, budget: 1, kept: ["v3", "v4"], "v1", "v2", "v3", "v4"));

    [Fact]
    public void Without_settings_five_stay() =>
        Assert.Equal(["v1"], RetentionRules.Obsolete(Folders("v1", "v2", "v3", "v4", "v5", "v6"), new HashSet<string>(), null));

    private static IReadOnlyList<string> Obsolete(int versions, long budget, string[] kept, params string[] oldestFirst) =>
        RetentionRules.Obsolete(Folders(oldestFirst), kept.ToHashSet(), new Retention { Versions = versions, DiskBytes = budget });

    private static IEnumerable<(string, ReadyMarker)> Folders(params string[] oldestFirst) => oldestFirst.Select((folder, i) => (folder, new ReadyMarker
    {
        Version = folder,
        Artifact = "",
        ConfigRevision = 1,
        Fingerprint = "",
        Bytes = 100,
        PreparedAt = DateTimeOffset.UnixEpoch.AddMinutes(i),
    }));
}
