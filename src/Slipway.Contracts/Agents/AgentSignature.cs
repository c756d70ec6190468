using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Slipway.Contracts.Ids;

namespace Slipway.Contracts.Agents;

/// <summary>
/// How an agent proves its key on every request: an <c>Authorization: Slipway-Agent …</c> header whose ECDSA P-256 signature covers method,
/// path, server, instance, time and a nonce. Works behind balancers that end TLS, because it is bound to the server's id, not to the connection.
/// </summary>
public sealed record AgentSignature(InstanceName Instance, string ServerId, DateTimeOffset Time, string Nonce, string Signature)
{
    public const string Scheme = "Slipway-Agent";

    /// <summary>A request whose time is further away than this from the server's clock is refused with the code <c>clock_skew</c>.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public static AgentSignature Create(ECDsa key, InstanceName instance, string serverId, string method, string path, DateTimeOffset now)
    {
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var bytes = Payload(method, path, serverId, instance, now, nonce);
        return new(instance, serverId, now, nonce, Convert.ToBase64String(key.SignData(bytes, HashAlgorithmName.SHA256)));
    }

    public bool IsValid(ECDsa key, string method, string path)
    {
        var signature = new byte[Signature.Length];
        return Convert.TryFromBase64String(Signature, signature, out var length)
            && key.VerifyData(Payload(method, path, ServerId, Instance, Time, Nonce), signature.AsSpan(0, length), HashAlgorithmName.SHA256);
    }

    /// <summary>The value of the Authorization header.</summary>
    public string ToHeader() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Scheme} instance={Instance},server={ServerId},time={Time.ToUnixTimeMilliseconds()},nonce={Nonce},signature={Signature}");

    /// <summary>Reads the header. Null when it is not one of ours or malformed.</summary>
    public static AgentSignature? Parse(string? header)
    {
        if (header is null || header.Length > 2048 || !header.StartsWith(Scheme + " ", StringComparison.Ordinal))
            return null;

        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in header[(Scheme.Length + 1)..].Split(','))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || !parts.TryAdd(part[..equals].Trim(), part[(equals + 1)..].Trim()))
                return null;
        }

        return parts.TryGetValue("instance", out var name) && InstanceName.TryParse(name, out var instance)
            && parts.TryGetValue("server", out var server)
            && parts.TryGetValue("time", out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var time)
            && time <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            && parts.TryGetValue("nonce", out var nonce)
            && parts.TryGetValue("signature", out var signature)
            ? new(instance, server, DateTimeOffset.FromUnixTimeMilliseconds(time), nonce, signature)
            : null;
    }

    private static byte[] Payload(string method, string path, string serverId, InstanceName instance, DateTimeOffset time, string nonce) =>
        Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"slipway-agent-v1\n{method}\n{path}\n{serverId}\n{instance}\n{time.ToUnixTimeMilliseconds()}\n{nonce}"));
}
