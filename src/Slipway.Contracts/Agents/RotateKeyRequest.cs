namespace Slipway.Contracts.Agents;

/// <summary>POST /agent/v1/keys, signed with the old key: from now on the new one counts.</summary>
public sealed record RotateKeyRequest
{
    /// <summary>Base64 of the DER SubjectPublicKeyInfo, ECDSA on P-256.</summary>
    public required string PublicKey { get; init; }
}
