using System.Text.Json;
using Slipway.Contracts.Agent.V1;

namespace Slipway.Server.Instances;

/// <summary>The states of a service as the API and the database write them.</summary>
internal static class StateNames
{
    private static readonly Dictionary<ServiceState, string> Names =
        Enum.GetValues<ServiceState>().ToDictionary(state => state, state => JsonNamingPolicy.CamelCase.ConvertName(state.ToString()));

    public static IReadOnlyCollection<string> All { get; } = [.. Names.Where(pair => pair.Key != ServiceState.Unspecified).Select(pair => pair.Value)];

    public static string Of(ServiceState? state) =>
        state is { } known and not ServiceState.Unspecified && Names.TryGetValue(known, out var name) ? name : Names[ServiceState.Absent];
}
