using System.Text.Json.Nodes;
using Slipway.FakeGate.Json;
using Slipway.FakeGate.World;

namespace Slipway.FakeGate.Stages.ServerGroups;

/// <summary>How parts of the world look in a stage, and how stages name them.</summary>
internal static class Look
{
    public static JsonObject Of(Moniker moniker, bool withSequence = false) => Wire.Object(
        ("app", moniker.App),
        ("stack", moniker.Stack),
        ("detail", moniker.Detail),
        ("cluster", moniker.Cluster),
        ("sequence", withSequence ? moniker.Sequence : null)).WithoutNulls();

    public static JsonObject Of(Capacity capacity) => Wire.Object(("min", capacity.Min), ("max", capacity.Max), ("desired", capacity.Desired));

    public static Capacity Capacity(JsonObject given, Capacity otherwise) => new(
        (int)(given.Number("min") ?? otherwise.Min),
        (int)(given.Number("max") ?? otherwise.Max),
        (int)(given.Number("desired") ?? otherwise.Desired));

    public static string Account(Turn turn) => turn.Text("credentials") ?? turn.Text("account") ?? throw new PlanningException("IllegalArgumentException", "credentials must be given");

    public static IReadOnlyList<string> Regions(Turn turn) =>
        turn.Context.List("regions") is { Count: > 0 } regions ? regions : [turn.Text("region") ?? throw new PlanningException("IllegalArgumentException", "region must be given")];

    /// <summary>By <c>cluster</c>, by the moniker, or by one of its server groups.</summary>
    public static string Cluster(Turn turn) =>
        turn.Text("cluster")
        ?? turn.Context.Inner("moniker").Text("cluster")
        ?? (turn.Text("serverGroup") is { } group ? Moniker.Parse(group).Cluster : throw new PlanningException("IllegalArgumentException", "moniker or serverGroup must identify the cluster"));
}
