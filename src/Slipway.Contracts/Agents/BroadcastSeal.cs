using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Security.Cryptography;
using Google.Protobuf;
using Slipway.Contracts.Agent.V1;

namespace Slipway.Contracts.Agents;

/// <summary>
/// What makes a broadcast trustworthy although anybody with rights on the topic or the queue could have put it there: the server's signature.
/// Nothing of a message is unpacked or parsed before it has been checked.
/// </summary>
public static class BroadcastSeal
{
    /// <summary>Bytes of a broadcast when it is unpacked; a larger one is refused.</summary>
    public const int MostBytes = 8 * 1024 * 1024;

    private const int WorthPacking = 1024;
    private static readonly byte[] Purpose = "slipway-broadcast-v1\n"u8.ToArray();

    /// <summary>What a key is called: the first 16 hexadecimal digits of its sha256.</summary>
    /// <param name="publicKey">DER SubjectPublicKeyInfo.</param>
    public static string KeyId(ReadOnlySpan<byte> publicKey) => Convert.ToHexStringLower(SHA256.HashData(publicKey))[..16];

    /// <summary>Packs and signs. The result is what travels, before base64.</summary>
    public static byte[] Seal(Broadcast broadcast, ECDsa key, string keyId)
    {
        var content = broadcast.ToByteArray();
        var deflated = content.Length > WorthPacking;
        if (deflated)
            content = Deflate(content);

        return new SealedBroadcast
        {
            Content = UnsafeByteOperations.UnsafeWrap(content),
            Deflated = deflated,
            KeyId = keyId,
            Signature = ByteString.CopyFrom(key.SignData(Signed(content, deflated), HashAlgorithmName.SHA256)),
        }.ToByteArray();
    }

    /// <param name="message">What travelled, after base64.</param>
    /// <param name="keys">Public keys (DER SubjectPublicKeyInfo) by their ids.</param>
    /// <param name="broadcast">Set if the verdict is <see cref="SealVerdict.Genuine"/>.</param>
    public static SealVerdict Open(ReadOnlySpan<byte> message, IReadOnlyDictionary<string, byte[]> keys, out Broadcast? broadcast)
    {
        broadcast = null;
        if (!TryParse(message, SealedBroadcast.Parser, out var sealedOne) || sealedOne.KeyId is "")
            return SealVerdict.Malformed;

        if (!keys.TryGetValue(sealedOne.KeyId, out var publicKey))
            return SealVerdict.UnknownKey;

        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(publicKey, out _);
        if (!key.VerifyData(Signed(sealedOne.Content.Span, sealedOne.Deflated), sealedOne.Signature.Span, HashAlgorithmName.SHA256))
            return SealVerdict.Forged;

        return TryUnpack(sealedOne, out var content) && TryParse(content, Broadcast.Parser, out broadcast) ? SealVerdict.Genuine : SealVerdict.Malformed;
    }

    private static byte[] Signed(ReadOnlySpan<byte> content, bool deflated) => [.. Purpose, deflated ? (byte)1 : (byte)0, .. content];

    private static byte[] Deflate(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal))
            deflate.Write(content);

        return packed.ToArray();
    }

    private static bool TryUnpack(SealedBroadcast sealedOne, [NotNullWhen(true)] out byte[]? content)
    {
        content = sealedOne.Deflated ? null : sealedOne.Content.ToByteArray();
        if (content is not null)
            return true;

        using var deflate = new DeflateStream(new MemoryStream(sealedOne.Content.ToByteArray()), CompressionMode.Decompress);
        using var whole = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            for (int read; (read = deflate.Read(buffer)) > 0;)
            {
                if (whole.Length + read > MostBytes)
                    return false;

                whole.Write(buffer, 0, read);
            }
        }
        catch (InvalidDataException)
        {
            return false;
        }

        content = whole.ToArray();
        return true;
    }

    private static bool TryParse<T>(ReadOnlySpan<byte> bytes, MessageParser<T> parser, [NotNullWhen(true)] out T? message)
        where T : class, IMessage<T>
    {
        try
        {
            message = parser.ParseFrom(bytes);
            return true;
        }
        catch (InvalidProtocolBufferException)
        {
            message = null;
            return false;
        }
    }
}
