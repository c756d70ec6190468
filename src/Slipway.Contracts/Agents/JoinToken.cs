using System.Diagnostics.CodeAnalysis;

namespace Slipway.Contracts.Agents;

/// <summary>
/// The one-time secret an agent joins with: <c>slj_id_secret</c>, followed by <c>.fingerprint</c> (sha256 of the CA certificate, hex) where the
/// server uses its own CA, so that the agent trusts that CA and no other.
/// </summary>
public sealed record JoinToken(string Id, string Secret, string? CaFingerprint)
{
    public const string Prefix = "slj_";

    public static bool TryParse(string? text, [NotNullWhen(true)] out JoinToken? token)
    {
        token = null;
        if (text is null || text.Length > 512 || !text.StartsWith(Prefix, StringComparison.Ordinal))
            return false;

        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var credentials = (dot < 0 ? text : text[..dot])[Prefix.Length..].Split('_');
        var fingerprint = dot < 0 ? null : text[(dot + 1)..];
        if (credentials is not [{ Length: > 0 } id, { Length: > 0 } secret] || fingerprint is { Length: not 64 })
            return false;

        token = new(id, secret, fingerprint);
        return true;
    }

    public override string ToString() => $"{Prefix}{Id}_{Secret}{(CaFingerprint is null ? "" : "." + CaFingerprint)}";
}
