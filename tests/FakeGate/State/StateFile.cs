using System.Text.Json;
using System.Text.Json.Nodes;
using Slipway.FakeGate.Executions;
using Slipway.FakeGate.World;

namespace Slipway.FakeGate.State;

/// <summary>What Spinnaker keeps over a restart, in one file. Faults and counts are not kept.</summary>
internal sealed class StateFile(string path)
{
    private string written = "";

    public void Load(Surroundings around)
    {
        if (!File.Exists(path))
            return;

        var kept = JsonSerializer.Deserialize<Kept>(File.ReadAllText(path))!;
        around.Ledger.All.AddRange(kept.Executions);
        around.Ledger.Pending.AddRange(kept.Pending);
        around.Configs.Configs.AddRange(kept.Configs);
        around.Configs.Applications.AddRange(kept.Applications);
        foreach (var (id, versions) in kept.History)
            around.Configs.History[id] = versions;

        foreach (var (id, config) in kept.CanaryConfigs)
            around.Judge.Configs[id] = config;

        around.World.Restore(kept.Accounts, new([.. kept.Groups], [.. kept.Images]), kept.Numbers);
    }

    /// <summary>Does nothing where nothing has changed. A crash leaves the file as it was before or as it is after.</summary>
    public void Save(Surroundings around)
    {
        var now = JsonSerializer.Serialize(new Kept(
            around.Ledger.All,
            around.Ledger.Pending,
            around.Configs.Configs,
            around.Configs.Applications,
            around.Configs.History,
            around.Judge.Configs,
            around.World.Accounts,
            [.. around.World.State.Groups],
            [.. around.World.State.Images],
            around.World.Numbers));
        if (now == written)
            return;

        File.WriteAllText(path + ".new", now);
        File.Move(path + ".new", path, overwrite: true);
        written = now;
    }

    private sealed record Kept(
        List<Execution> Executions,
        List<PendingTrigger> Pending,
        List<JsonObject> Configs,
        List<JsonObject> Applications,
        Dictionary<string, List<JsonObject>> History,
        Dictionary<string, JsonObject> CanaryConfigs,
        List<Account> Accounts,
        List<ServerGroup> Groups,
        List<Image> Images,
        int Numbers);
}
