using System.Runtime.InteropServices;

namespace Slipway.Agent.Supervision;

/// <summary>A user of this machine, wherever the machine looks its users up.</summary>
internal sealed record UserAccount(uint UserId, uint GroupId, string Home)
{
    public static unsafe UserAccount? Find(string name)
    {
        const int size = 16 * 1024;
        var buffer = stackalloc byte[size];
        return Libc.FindAccount(name, out var account, buffer, size, out var found) == 0 && found != 0
            ? new(account.UserId, account.GroupId, Marshal.PtrToStringUTF8(account.Home) ?? "/")
            : null;
    }
}
