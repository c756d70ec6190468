using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Slipway.Agent.Preparing.Archives;

/// <summary>
/// The few calls that unpacking makes per file. Direct, because FileStream costs several system calls and objects more for each of what may be
/// hundreds of thousands of files. Linux.
/// </summary>
internal static unsafe partial class Posix
{
    public const int FileExists = 17;
    public const int NoSpace = 28;
    public const int QuotaExceeded = 122;
    private const int Interrupted = 4;
    private const int WriteOnly = 1;
    private const int Create = 0x40;
    private const int Exclusive = 0x80;
    private const int CloseOnExec = 0x80000;
    private const int OwnerReadWrite = 0b110_000_000;

    /// <summary>Never follows or replaces anything. Returns -1 where something is there already.</summary>
    public static int CreateFile(string path)
    {
        var file = open(path, WriteOnly | Create | Exclusive | CloseOnExec, OwnerReadWrite);
        return file >= 0 || Marshal.GetLastPInvokeError() == FileExists ? file : throw Failure(path);
    }

    public static void Write(int file, ReadOnlySpan<byte> content, string path)
    {
        fixed (byte* start = content)
        {
            for (var done = 0; done < content.Length;)
            {
                var written = write(file, start + done, (nuint)(content.Length - done));
                if (written >= 0)
                    done += (int)written;
                else if (Marshal.GetLastPInvokeError() != Interrupted)
                    throw Failure(path);
            }
        }
    }

    public static void SetMode(int file, int mode, string path) => Check(fchmod(file, (uint)mode), path);

    public static void SetOwner(int file, UnixOwner owner, string path) => Check(fchown(file, owner.User, owner.Group), path);

    public static void SetLinkOwner(string path, UnixOwner owner) => Check(lchown(path, owner.User, owner.Group), path);

    public static void SetTime(int file, long unixSeconds, string path)
    {
        var times = stackalloc long[4] { unixSeconds, 0, unixSeconds, 0 };
        Check(futimens(file, times), path);
    }

    public static void Close(int file) => _ = close(file);

    public static void HardLink(string existing, string path) => Check(link(existing, path), path);

    private static void Check(int result, string path)
    {
        if (result != 0)
            throw Failure(path);
    }

    private static IOException Failure(string path)
    {
        var error = Marshal.GetLastPInvokeError();
        return new($"{path}: {new Win32Exception(error).Message}", error);
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags, int mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(int file, byte* buffer, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fchmod(int file, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fchown(int file, uint user, uint group);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int lchown(string path, uint user, uint group);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int futimens(int file, long* times);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int file);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int link(string existing, string path);
}
