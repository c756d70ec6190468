using System.Security.Cryptography;
using System.Text;
using Slipway.Server.Persistence;

namespace Slipway.Server.Cluster;

/// <summary>
/// <c>Slipway:Cluster:Secret</c>: what the shared keys in the database are encrypted with (AES-256-GCM; the key is made from it by PBKDF2). The same on every node. Unset:
/// whoever reads the database reads the keys, and with them every secret in it.
/// </summary>
internal sealed class KeySeal
{
    private const byte Plain = 0;
    private const byte Sealed = 1;
    private const int ShortestSecret = 16;
    private const int KeySize = 32;

    /// <summary>As OWASP advises for PBKDF2 with SHA-256; once at each start.</summary>
    private const int Iterations = 600_000;

    private readonly Lazy<byte[]>? key;

    /// <exception cref="StartRefusedException">The secret is too short to be one.</exception>
    public KeySeal(IConfiguration configuration)
    {
        if (configuration["Slipway:Cluster:Secret"] is not { Length: > 0 } secret)
            return;

        if (secret.Length < ShortestSecret)
            throw new StartRefusedException($"Slipway:Cluster:Secret has {secret.Length} characters; it needs at least {ShortestSecret}. Make one with: openssl rand -base64 32");

        key = new(() => Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(secret), "slipway cluster keys"u8, Iterations, HashAlgorithmName.SHA256, KeySize));
    }

    public bool IsSet => key is not null;

    /// <param name="name">Bound to it, so that one key cannot be passed off as another.</param>
    public byte[] Close(string name, byte[] content)
    {
        if (key is null)
            return [Plain, .. content];

        var nonce = RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize);
        var (tag, text) = (new byte[AesGcm.TagByteSizes.MaxSize], new byte[content.Length]);
        using var cipher = new AesGcm(key.Value, tag.Length);
        cipher.Encrypt(nonce, content, text, tag, Encoding.UTF8.GetBytes(name));
        return [Sealed, .. nonce, .. tag, .. text];
    }

    /// <exception cref="StartRefusedException">It was closed with another secret.</exception>
    public byte[] Open(string name, byte[] stored)
    {
        if (stored is [Plain, ..])
            return stored[1..];

        if (key is null)
            throw new StartRefusedException("The keys in the database are encrypted: set Slipway:Cluster:Secret to what the other nodes have.");

        var (nonceSize, tagSize) = (AesGcm.NonceByteSizes.MaxSize, AesGcm.TagByteSizes.MaxSize);
        var nonce = stored.AsSpan(1, nonceSize);
        var tag = stored.AsSpan(1 + nonceSize, tagSize);
        var text = stored.AsSpan(1 + nonceSize + tagSize);
        var content = new byte[text.Length];
        using var cipher = new AesGcm(key.Value, tagSize);
        try
        {
            cipher.Decrypt(nonce, text, tag, content, Encoding.UTF8.GetBytes(name));
            return content;
        }
        catch (CryptographicException e)
        {
            throw new StartRefusedException("The keys in the database were encrypted with another Slipway:Cluster:Secret than this node has.", e);
        }
    }
}
