using System.Text.Json.Nodes;
using Slipway.Contracts.Services;

namespace Slipway.DeploymentTypes.Spinnaker.Pipelines;

/// <summary>Strategies in our words to those of Spinnaker's deploy stage.</summary>
internal static class StrategyNames
{
    /// <summary>Null: possible. Else what to choose instead.</summary>
    public static string? Refuse(Strategy strategy) => strategy switch
    {
        AllAtOnce => "Baked instances are not changed all at once: choose red-black (new ones beside the old, then traffic moves) or highlander (the old are destroyed).",
        Canary { Steps.Count: > 1 } => "A canary of a Spinnaker service has one step: leave one, and let the rest follow with batch.",
        _ => null,
    };

    /// <summary>Going back to a version whose server groups are gone is asked for as all at once, and done in the way that keeps the present ones.</summary>
    public static Strategy Effective(Strategy strategy) => strategy is AllAtOnce ? new RedBlack() : strategy;

    /// <param name="desired">How many instances a region has, for batches that are a number.</param>
    public static (string Strategy, IReadOnlyDictionary<string, JsonNode?> Keys, string Words) Of(Strategy strategy, int desired) => strategy switch
    {
        RedBlack redBlack => (
            "redblack",
            Keys(
                ("maxRemainingAsgs", redBlack.Keep),
                ("delayBeforeCleanup", Seconds(redBlack.Wait)),
                ("scaleDown", redBlack.ScaleDown),
                ("rollback", new JsonObject { ["onFailure"] = true })),
            $"Red/black: make new instances, move traffic{(redBlack.Wait == Duration.Zero ? "" : $", keep both for {redBlack.Wait}")}, keep the old ready,"),
        Highlander => ("highlander", Keys(), "Highlander: make new instances and destroy the old"),
        Rolling rolling => RollingOf(rolling.Batch, rolling.Pause, desired),
        Canary canary when canary.Batch.Of(100) < 100 => RollingOf(canary.Batch, Duration.Zero, desired),
        Canary => Of(new RedBlack(), desired),
        _ => throw new InvalidOperationException($"No strategy of Spinnaker for {strategy.GetType().Name}."),
    };

    private static (string, IReadOnlyDictionary<string, JsonNode?>, string) RollingOf(Amount batch, Duration pause, int desired)
    {
        var percentages = Percentages(batch, desired);
        return (
            "rollingredblack",
            Keys(
                ("targetPercentages", new JsonArray([.. percentages.Select(percentage => JsonValue.Create(percentage))])),
                ("delayBeforeCleanup", Seconds(pause)),
                ("rollback", new JsonObject { ["onFailure"] = true })),
            $"Rolling red/black: grow the new instances to {string.Join(", ", percentages.Select(percentage => $"{percentage} %"))} while the old lose traffic,");
    }

    /// <summary>Growing, ending with 100.</summary>
    public static IReadOnlyList<int> Percentages(Amount batch, int desired)
    {
        var all = Math.Max(1, desired);
        var size = batch.Of(all);
        var percentages = new List<int>();
        for (var done = size; done < all; done += size)
            percentages.Add(done * 100 / all);

        percentages.Add(100);
        return [.. percentages.Where(percentage => percentage > 0).Distinct()];
    }

    private static int Seconds(Duration duration) => (int)Math.Ceiling(duration.Time.TotalSeconds);

    private static Dictionary<string, JsonNode?> Keys(params (string Key, JsonNode? Value)[] keys) => keys.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
}
