using Slipway.Agent.Identity;

namespace Slipway.Agent.Commands;

/// <summary>One agent per data folder: released by the kernel however the process ends.</summary>
internal static class AgentLock
{
    /// <summary>Null where another agent has it.</summary>
    public static FileStream? TryTake(DataFolder data)
    {
        Directory.CreateDirectory(data.Root);
        try
        {
            return new(data.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
