using System.Text;
using Slipway.Server.Persistence;

namespace Slipway.Server.Maintenance;

/// <summary>The same keys as files, which only their owner may read, and as rows.</summary>
internal static class KeyFormats
{
    private static readonly string[] Certificates = ["ca.pem", "ca-key.pem", "server.pem", "server-key.pem"];

    public static bool IsCertificate(string file) => Certificates.Contains(Path.GetFileName(file), StringComparer.Ordinal);

    /// <summary>In a row certificate and key stand together, so that no two nodes can mix theirs.</summary>
    public static byte[]? ReadAuthority(string folder)
    {
        var (certificate, key) = (Path.Combine(folder, "ca.pem"), Path.Combine(folder, "ca-key.pem"));
        return File.Exists(certificate) && File.Exists(key) ? Encoding.UTF8.GetBytes($"{File.ReadAllText(certificate).Trim()}\n{File.ReadAllText(key).Trim()}\n") : null;
    }

    public static void WriteAuthority(string folder, byte[] authority)
    {
        const string key = "-----BEGIN PRIVATE KEY-----";
        var pem = Encoding.UTF8.GetString(authority);
        var at = pem.IndexOf(key, StringComparison.Ordinal);
        OwnerOnlyFile.Write(Path.Combine(folder, "ca-key.pem"), Encoding.UTF8.GetBytes(pem[at..]));
        OwnerOnlyFile.Write(Path.Combine(folder, "ca.pem"), Encoding.UTF8.GetBytes(pem[..at]));
    }
}
