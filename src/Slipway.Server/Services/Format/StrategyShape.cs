using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Slipway.Contracts.Services;

namespace Slipway.Server.Services.Format;

/// <summary>all-at-once, rolling, canary, red-black or highlander; those in the middle also with their settings.</summary>
internal sealed class StrategyShape : Shape<Strategy>
{
    private static readonly ValueShape<Amount> Amounts = new("a number of instances such as 2, or a share such as 25%");
    private static readonly ValueShape<Duration> Durations = new("a duration such as 30s or 5m");

    public static readonly RecordShape<Rolling> Rolling = new RecordShape<Rolling>("strategy.rolling", () => new())
        .With("batch", "How many instances are changed at a time.", Amounts, r => r.Batch, (r, v) => r with { Batch = v })
        .With("pause", "Wait between batches; every instance changed so far must stay healthy in it.", Durations, r => r.Pause, (r, v) => r with { Pause = v });

    private static readonly RecordShape<CanaryStep> Step = new RecordShape<CanaryStep>("strategy.canary.steps[]", () => new())
        .With("instances", "How many instances run the new version after this step, counted from the start.", Amounts, s => s.Instances, (s, v) => s with { Instances = v })
        .With("soak", "How long they must stay healthy before the next step.", Durations, s => s.Soak, (s, v) => s with { Soak = v });

    public static readonly RecordShape<Canary> Canary = new RecordShape<Canary>("strategy.canary", () => new())
        .With("steps", "The steps before the rest.", new ListShape<CanaryStep>("a list of 1 to 20 steps", Step, 1, 20), c => c.Steps, (c, v) => c with { Steps = v })
        .With("batch", "How the rest follows: so many instances at a time.", Amounts, c => c.Batch, (c, v) => c with { Batch = v })
        .Check(StepsGrow);

    public static readonly RecordShape<RedBlack> RedBlack = new RecordShape<RedBlack>("strategy.red-black", () => new())
        .With("keep", "How many generations stay afterwards, the serving one included.", new WholeShape(2, 10), r => r.Keep, (r, v) => r with { Keep = v })
        .With("wait", "How long both serve before the old are taken out of traffic.", Durations, r => r.Wait, (r, v) => r with { Wait = v })
        .With("scaleDown", "true: the old are scaled down to no instances afterwards; the way back takes as long as they need to start.", new FlagShape(), r => r.ScaleDown, (r, v) => r with { ScaleDown = v });

    public override string Says => "all-at-once, rolling, canary, red-black or highlander, or rolling:, canary: or red-black: with settings";

    public override IEnumerable<IRecordShape> Parts => [Rolling, Canary, Step, RedBlack];

    public override bool TryRead(Node node, Mistakes mistakes, [MaybeNullWhen(false)] out Strategy value)
    {
        value = null;
        switch (node)
        {
            case ScalarNode { Text: "all-at-once" }:
                value = new AllAtOnce();
                return true;
            case ScalarNode { Text: "rolling" }:
                value = new Rolling();
                return true;
            case ScalarNode { Text: "canary" }:
                value = new Canary();
                return true;
            case ScalarNode { Text: "red-black" }:
                value = new RedBlack();
                return true;
            case ScalarNode { Text: "highlander" }:
                value = new Highlander();
                return true;
            case MapNode { Entries: [{ Key.Text: "red-black" } entry] }:
                value = RedBlack.TryRead(entry.Value, mistakes, out var redBlack) ? redBlack : null;
                return value is not null;
            case MapNode { Entries: [{ Key.Text: "rolling" } entry] }:
                value = Rolling.TryRead(entry.Value, mistakes, out var rolling) ? rolling : null;
                return value is not null;
            case MapNode { Entries: [{ Key.Text: "canary" } entry] }:
                value = Canary.TryRead(entry.Value, mistakes, out var canary) ? canary : null;
                return value is not null;
            default:
                return Refuse(node, mistakes, out value);
        }
    }

    public override Node Write(Strategy value, string place) => value switch
    {
        Rolling rolling => Keyed("rolling", Rolling.Write(rolling, place + ".rolling"), place),
        Canary canary => Keyed("canary", Canary.Write(canary, place + ".canary"), place),
        RedBlack redBlack => Keyed("red-black", RedBlack.Write(redBlack, place + ".red-black"), place),
        Highlander => new ScalarNode(place, "highlander"),
        _ => new ScalarNode(place, "all-at-once"),
    };

    public override JsonObject Schema() => new()
    {
        ["oneOf"] = new JsonArray(
            new JsonObject { ["enum"] = new JsonArray("all-at-once", "rolling", "canary", "red-black", "highlander") },
            new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject { ["rolling"] = Rolling.Schema(), ["canary"] = Canary.Schema(), ["red-black"] = RedBlack.Schema() },
                ["additionalProperties"] = false,
                ["minProperties"] = 1,
                ["maxProperties"] = 1,
            }),
    };

    private static MapNode Keyed(string key, Node node, string place) => new(place, [new(new(place, key), node)]);

    private static void StepsGrow(Canary canary, MapNode map, Mistakes mistakes)
    {
        foreach (var (before, after) in canary.Steps.Zip(canary.Steps.Skip(1)))
        {
            var (left, right) = (before.Instances.Value, after.Instances.Value);
            var comparable = left.EndsWith('%') == right.EndsWith('%');
            if (comparable && before.Instances.Of(100_000) >= after.Instances.Of(100_000))
                mistakes.Add(map.PlaceOf("steps"), $"Each step counts all instances from the start, so {right} after {left} adds none.");
        }
    }
}
