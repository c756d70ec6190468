using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Tests.Fakes;

/// <summary>Things tests need, naming only what matters.</summary>
internal static class Build
{
    public static Release Release(string version, Artifact? artifact = null, Action<Release>? with = null)
    {
        var release = new Release
        {
            Service = TestAgent.Shop.Value,
            Environment = "dev",
            Version = version,
            Artifact = artifact,
            ConfigRevision = 1,
            Spec = new() { Port = 8080, Command = new() { Arguments = { "./run" } } },
        };
        with?.Invoke(release);
        return release;
    }

    public static Assign Assign(ulong generation, Release? release, string cause = "d-1/activate/1") =>
        new() { Service = TestAgent.Shop.Value, Generation = generation, Release = release, Cause = cause };

    /// <summary>A tar of small files.</summary>
    public static byte[] Tar(params (string Name, string Content)[] files) => Tar(tar =>
    {
        foreach (var (name, content) in files)
            AddFile(tar, name, Encoding.UTF8.GetBytes(content));
    });

    public static byte[] Tar(Action<TarWriter> write)
    {
        var buffer = new MemoryStream();
        using (var tar = new TarWriter(buffer, TarEntryFormat.Pax, leaveOpen: true))
            write(tar);
        return buffer.ToArray();
    }

    public static void AddFile(TarWriter tar, string name, byte[] content, UnixFileMode mode = (UnixFileMode)0b110_100_100) =>
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content), Mode = mode });

    public static void AddLink(TarWriter tar, TarEntryType type, string name, string target) =>
        tar.WriteEntry(new PaxTarEntry(type, name) { LinkName = target });

    public static byte[] Gzip(byte[] content)
    {
        var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(content);
        return buffer.ToArray();
    }

    public static byte[] Zstd(byte[] content)
    {
        using var compressor = new ZstdSharp.Compressor(1);
        return compressor.Wrap(content).ToArray();
    }

    /// <summary>Bytes that do not compress, the same for the same seed.</summary>
    public static byte[] Noise(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
