using ZstdSharp;

namespace Slipway.Agent.Preparing.Archives;

/// <summary>Opens a zstd stream for reading, with the system's library where there is one.</summary>
internal static class ZstdStream
{
    public static Stream Open(Stream compressed) =>
        ZstdLibrary.IsPresent ? new NativeZstdStream(compressed) : new DecompressionStream(compressed, bufferSize: 128 * 1024, leaveOpen: true);
}
