namespace Slipway.Contracts.Agents;

/// <summary>GET /agent/v1/secrets/{service}/{configRevision}: the secret config values of one revision.</summary>
public sealed record SecretValues
{
    public required IReadOnlyDictionary<string, string> Values { get; init; }
}
