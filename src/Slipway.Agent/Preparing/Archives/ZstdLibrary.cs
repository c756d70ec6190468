using System.Runtime.InteropServices;

namespace Slipway.Agent.Preparing.Archives;

/// <summary>The system's libzstd, where there is one: faster than managed code (measured in <see cref="ZstdStream"/>).</summary>
internal static unsafe class ZstdLibrary
{
    private static readonly nint Handle =
        NativeLibrary.TryLoad("libzstd.so.1", out var handle) ? handle : 0;

    private static readonly delegate* unmanaged<nint> CreateContext = (delegate* unmanaged<nint>)Export("ZSTD_createDStream");
    private static readonly delegate* unmanaged<nint, nuint> FreeContext = (delegate* unmanaged<nint, nuint>)Export("ZSTD_freeDStream");

    private static readonly delegate* unmanaged<nint, Buffer*, Buffer*, nuint> DecompressStream =
        (delegate* unmanaged<nint, Buffer*, Buffer*, nuint>)Export("ZSTD_decompressStream");

    private static readonly delegate* unmanaged<nuint, uint> IsErrorCode = (delegate* unmanaged<nuint, uint>)Export("ZSTD_isError");

    public static bool IsPresent { get; } =
        CreateContext != null && FreeContext != null && DecompressStream != null && IsErrorCode != null;

    public static nint Create() => CreateContext();

    public static void Free(nint context) => FreeContext(context);

    /// <summary>Returns false for damaged data; <paramref name="ended"/> where a frame is complete.</summary>
    public static bool TryDecompress(nint context, ReadOnlySpan<byte> source, Span<byte> target, out int consumed, out int produced, out bool ended)
    {
        fixed (byte* from = source)
        fixed (byte* to = target)
        {
            var input = new Buffer { Start = from, Size = (nuint)source.Length };
            var output = new Buffer { Start = to, Size = (nuint)target.Length };
            var result = DecompressStream(context, &output, &input);
            (consumed, produced, ended) = ((int)input.Position, (int)output.Position, result == 0);
            return IsErrorCode(result) == 0;
        }
    }

    private static void* Export(string name) =>
        Handle != 0 && NativeLibrary.TryGetExport(Handle, name, out var address) ? (void*)address : null;

    private struct Buffer
    {
        public void* Start;
        public nuint Size;
        public nuint Position;
    }
}
