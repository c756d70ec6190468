using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Slipway.Server.Access;

/// <summary>What a caller proves itself with: <c>slp_id_secret</c>. The id finds the token, the secret is only ever compared by its hash.</summary>
internal sealed record ApiToken(string Id, string Secret)
{
    public const string Prefix = "slp_";
    private const string IdAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const string SecretAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>256 random bits of secret; 60 of id.</summary>
    public static ApiToken New() => new(NewId(), NewSecret());

    public static string NewId() => RandomNumberGenerator.GetString(IdAlphabet, 12);

    public static string NewSecret() => RandomNumberGenerator.GetString(SecretAlphabet, 43);

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    public static bool TryParse(string? text, [NotNullWhen(true)] out ApiToken? token)
    {
        token = null;
        if (text is null || text.Length > 200 || !text.StartsWith(Prefix, StringComparison.Ordinal))
            return false;

        if (text[Prefix.Length..].Split('_') is not [{ Length: > 0 } id, { Length: > 0 } secret])
            return false;

        token = new(id, secret);
        return true;
    }

    public bool HasHash(byte[] hash) => CryptographicOperations.FixedTimeEquals(Hash(Secret), hash);

    public override string ToString() => $"{Prefix}{Id}_{Secret}";
}
