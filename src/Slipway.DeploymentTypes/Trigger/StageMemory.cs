using System.Text.Json;
using Slipway.Contracts;
using Slipway.Contracts.Ids;

namespace Slipway.DeploymentTypes.Trigger;

/// <summary>What trigger stages remember between calls: that they have begun, and who was away then.</summary>
internal static class StageMemory
{
    public static JsonElement Begun { get; } = BegunWithout([]);

    public static JsonElement BegunWithout(IReadOnlyList<InstanceName> away) =>
        JsonSerializer.SerializeToElement([.. away.Select(name => name.Value)], ContractsJson.Default.IReadOnlyListString);

    public static bool WasAbsent(JsonElement memory, InstanceName instance)
    {
        foreach (var name in memory.EnumerateArray())
        {
            if (name.ValueEquals(instance.Value))
                return true;
        }

        return false;
    }
}
