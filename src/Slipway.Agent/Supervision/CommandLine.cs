using Slipway.Agent.Activating;
using Slipway.Agent.Identity;
using Slipway.Agent.Preparing;
using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Supervision;

/// <summary>Makes a launch of a service's command: placeholders filled in, the program found, the user changed, no shell unless asked for.</summary>
internal static class CommandLine
{
    private const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static readonly string[] Inherited = ["PATH", "HOME", "LANG", "TZ"];

    /// <param name="run">Marks every process that comes of it; null for a health check.</param>
    /// <returns>Null with a sentence that says what to change.</returns>
    public static Launch? Build(Command command, Activation activation, ServiceFolder folder, string outputFile, string? run, out string? failure)
    {
        var environment = Environment(activation, run);
        if (Arguments(command, activation, out failure) is not { } arguments)
            return null;

        if (command.Shell)
            arguments = ["/bin/sh", "-c", arguments[0]];
        else if (Find(arguments[0], activation.VersionFolder, environment) is { } executable)
            arguments[0] = executable;
        else
            failure = NotFound(arguments[0]);

        var user = activation.Release.Spec.User;
        if (failure is null && user.Length > 0 && user != System.Environment.UserName)
            failure = Become(user, arguments, environment);

        return failure is null ? new(arguments[0], arguments, environment, folder.Current, outputFile, TruncateOutput: run is null) : null;
    }

    private static List<string>? Arguments(Command command, Activation activation, out string? failure)
    {
        failure = null;
        List<string> arguments = [];
        foreach (var argument in command.Arguments)
        {
            // The shell fills in its own from the environment: done here, a value could become part of the script.
            if (command.Shell)
            {
                arguments.Add(argument);
                continue;
            }

            if (!Placeholders.TrySubstitute(argument, activation.Environment, out var filled, out var unknown))
            {
                failure = $"The command uses ${{{unknown}}}, which has no value: set it in the config or write ${{{unknown}:-default}}.";
                return null;
            }

            arguments.Add(filled);
        }

        if (arguments is not [{ Length: > 0 }, ..])
            failure = "The command is empty: say what to run.";
        return failure is null ? arguments : null;
    }

    private static Dictionary<string, string> Environment(Activation activation, string? run)
    {
        Dictionary<string, string> environment = new(StringComparer.Ordinal) { ["PATH"] = DefaultPath };
        foreach (var name in Inherited)
        {
            if (System.Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
                environment[name] = value;
        }

        foreach (var (name, value) in activation.Environment)
            environment[name] = value;
        if (run is not null)
            environment[ProcessTable.Marker] = run;
        return environment;
    }

    /// <summary>A path is one within the version; a bare name is looked for like a shell does and then in the version.</summary>
    private static string? Find(string name, string versionFolder, Dictionary<string, string> environment)
    {
        var within = Path.GetFullPath(name, Path.GetFullPath(versionFolder));
        if (name.Contains('/', StringComparison.Ordinal))
            return within;

        return environment["PATH"].Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .Append(within)
            .FirstOrDefault(IsExecutable);
    }

    private static bool IsExecutable(string path) =>
        File.Exists(path) && (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;

    /// <summary>setpriv changes the user and becomes the program: same process, no shell, no waiting parent.</summary>
    private static string? Become(string user, List<string> arguments, Dictionary<string, string> environment)
    {
        if (UserAccount.Find(user) is not { } account)
            return $"There is no user '{user}' on this instance: create it or change 'user' of the service.";
        if (Find("setpriv", "/", environment) is not { } setpriv)
            return $"To run the service as '{user}' the program setpriv (package util-linux) is needed, and this instance does not have it.";

        environment["HOME"] = account.Home;
        environment["USER"] = environment["LOGNAME"] = user;
        arguments.InsertRange(0, [setpriv, $"--reuid={account.UserId}", $"--regid={account.GroupId}", "--init-groups", "--"]);
        return null;
    }

    private static string NotFound(string name) =>
        $"'{name}' is neither on the PATH of the agent nor an executable file of the version: write './{name}' for a file of the version, or install it.";
}
