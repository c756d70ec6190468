using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Slipway.Server.Checks.Declared.Http;

/// <summary>Signs a request as Standard Webhooks 1.0 has it (standardwebhooks.com): HMAC-SHA256 over its id, its time and its body.</summary>
internal static class WebhookSignature
{
    public const string IdHeader = "webhook-id";
    public const string TimeHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    /// <summary>What comes after it is the key in base64; any other text is the key itself.</summary>
    private const string Prefix = "whsec_";

    public static void Add(HttpRequestMessage request, string id, string body, string secret, DateTimeOffset now)
    {
        var time = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        request.Headers.TryAddWithoutValidation(IdHeader, id);
        request.Headers.TryAddWithoutValidation(TimeHeader, time);
        request.Headers.TryAddWithoutValidation(SignatureHeader, "v1," + Convert.ToBase64String(Sign(id, time, body, secret)));
    }

    public static byte[] Sign(string id, string time, string body, string secret) => HMACSHA256.HashData(KeyOf(secret), Encoding.UTF8.GetBytes($"{id}.{time}.{body}"));

    private static byte[] KeyOf(string secret)
    {
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal))
            return Encoding.UTF8.GetBytes(secret);

        var key = new byte[secret.Length];
        return Convert.TryFromBase64String(secret[Prefix.Length..], key, out var length) ? key[..length] : Encoding.UTF8.GetBytes(secret);
    }
}
