using System.Runtime.InteropServices;

namespace Slipway.Agent.Supervision;

/// <summary>
/// Starts programs by posix_spawn, each as the leader of its own session and process group, with default signal dispositions (the runtime
/// ignores SIGPIPE, which children would inherit), an empty signal mask and standard input from /dev/null.
/// </summary>
internal static unsafe class Spawner
{
    private const uint OutputMode = 0b110_100_000;

    /// <returns>The process id, or null with why the program could not be started.</returns>
    public static int? Spawn(Launch launch, out string? failure)
    {
        var actions = stackalloc byte[Libc.OpaqueSize];
        var attributes = stackalloc byte[Libc.OpaqueSize];
        Check(Libc.InitializeActions(actions));
        Check(Libc.InitializeAttributes(attributes));
        try
        {
            SetInputAndOutput(actions, launch);
            SetSessionAndSignals(attributes);

            using var path = new NativeStrings([launch.Executable]);
            using var arguments = new NativeStrings(launch.Arguments);
            using var environment = new NativeStrings([.. launch.Environment.Select(pair => $"{pair.Key}={pair.Value}")]);
            var error = Libc.Spawn(out var pid, path.First, actions, attributes, arguments.Pointers, environment.Pointers);
            failure = error == 0 ? null : Explain(launch, error);
            return error == 0 ? pid : null;
        }
        finally
        {
            _ = Libc.DestroyActions(actions);
            _ = Libc.DestroyAttributes(attributes);
        }
    }

    private static void SetInputAndOutput(byte* actions, Launch launch)
    {
        var flags = Libc.OpenWriteOnly | Libc.OpenCreate | Libc.OpenAppend | (launch.TruncateOutput ? Libc.OpenTruncate : 0);
        Check(Libc.AddOpen(actions, 0, "/dev/null", Libc.OpenReadOnly, 0));
        Check(Libc.AddOpen(actions, 1, launch.OutputFile, flags, OutputMode));
        Check(Libc.AddDuplicate(actions, 1, 2));
        Check(Libc.AddChangeFolder(actions, launch.WorkingFolder));
        CloseTheRest(actions);
    }

    /// <summary>The agent opens nothing that a child inherits, but whoever started the agent may have.</summary>
    private static void CloseTheRest(byte* actions)
    {
        try
        {
            Check(Libc.AddCloseFrom(actions, 3));
        }
        catch (EntryPointNotFoundException)
        {
            // glibc before 2.34 cannot.
        }
    }

    private static void SetSessionAndSignals(byte* attributes)
    {
        var signals = stackalloc byte[Libc.OpaqueSize];
        Check(Libc.FillSignalSet(signals));
        Check(Libc.SetSignalDefaults(attributes, signals));
        Check(Libc.EmptySignalSet(signals));
        Check(Libc.SetSignalMask(attributes, signals));
        Check(Libc.SetFlags(attributes, Libc.SpawnNewSession | Libc.SpawnSetSignalDefaults | Libc.SpawnSetSignalMask));
    }

    private static string Explain(Launch launch, int error)
    {
        if (!Directory.Exists(launch.WorkingFolder))
            return $"{launch.Executable} could not be started: its folder {launch.WorkingFolder} does not exist.";
        if (!File.Exists(launch.Executable))
            return $"{launch.Executable} could not be started: there is no such file.";

        const int formatError = 8;
        return error == formatError
            ? $"{launch.Executable} could not be started: it is neither a program for this machine nor a script that begins with #!."
            : $"{launch.Executable} could not be started: {Marshal.GetPInvokeErrorMessage(error)}.";
    }

    private static void Check(int error)
    {
        if (error != 0)
            throw new InvalidOperationException($"posix_spawn could not be set up: {Marshal.GetPInvokeErrorMessage(error)}.");
    }
}
