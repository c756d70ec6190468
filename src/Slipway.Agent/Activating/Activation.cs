using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;

namespace Slipway.Agent.Activating;

/// <summary>Everything it takes to run one prepared version of a service.</summary>
/// <param name="Environment">Config, secrets and built-ins, resolved. Placeholders in commands are substituted with it.</param>
/// <param name="PreviousVersionFolder">What `current` pointed at before, or null.</param>
internal sealed record Activation(
    ServiceName Service,
    ulong Generation,
    Release Release,
    string VersionFolder,
    string? PreviousVersionFolder,
    IReadOnlyDictionary<string, string> Environment,
    uint Port);
