using System.Text.Json;
using Slipway.Contracts.Agent.V1;

namespace Slipway.Contracts.Agents;

/// <summary>What agents measure of every service, by the names that people, settings and answers use: cpu, requestTimeHigh.</summary>
public static class KnownSignals
{
    private static readonly Dictionary<KnownSignal, string> names = Enum.GetValues<KnownSignal>()
        .Where(signal => signal != KnownSignal.Unspecified)
        .ToDictionary(signal => signal, signal => JsonNamingPolicy.CamelCase.ConvertName(signal.ToString()));

    private static readonly Dictionary<string, KnownSignal> byName = names.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    /// <summary>Null: a newer agent measures more than is known here.</summary>
    public static string? NameOf(KnownSignal signal) => names.GetValueOrDefault(signal);

    /// <summary>Null: it is none that every service may have.</summary>
    public static KnownSignal? Find(string name) => byName.TryGetValue(name, out var signal) ? signal : null;
}
