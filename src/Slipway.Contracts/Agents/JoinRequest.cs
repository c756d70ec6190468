using Slipway.Contracts.Ids;

namespace Slipway.Contracts.Agents;

/// <summary>POST /agent/v1/join: an instance asks to belong. Authenticated by the join token alone.</summary>
public sealed record JoinRequest
{
    /// <summary>The whole join token.</summary>
    public required string Token { get; init; }

    /// <summary>The name the instance wants. Joining again with a known name and a fresh token replaces that instance's key.</summary>
    public required InstanceName Name { get; init; }

    public required EnvironmentName Environment { get; init; }

    /// <summary>The services it runs. They may be described later.</summary>
    public required IReadOnlyList<ServiceName> Services { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; set; } = new Dictionary<string, string>();

    /// <summary>The agent's public key: base64 of the DER SubjectPublicKeyInfo, ECDSA on P-256.</summary>
    public required string PublicKey { get; init; }

    public string AgentVersion { get; set; } = "";
}
