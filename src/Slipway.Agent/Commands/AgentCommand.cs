using System.CommandLine;
using Slipway.Agent.Doctor;
using Slipway.Agent.Identity;

namespace Slipway.Agent.Commands;

/// <summary>The command line of the agent: `join` once, then `run`; `doctor` when something is wrong, `leave` at the end.</summary>
internal static class AgentCommand
{
    public static async Task<int> InvokeAsync(string[] arguments, TextWriter? output = null, TextWriter? error = null)
    {
        var (stdout, stderr) = (output ?? Console.Out, error ?? Console.Error);
        var root = new RootCommand("Runs services on this instance as a Slipway server says.")
        {
            JoinCommand.Create(stdout, stderr),
            RunCommand.Create(stderr),
            DoctorCommand.Create(stdout, stderr),
            LeaveCommand.Create(stdout, stderr),
        };
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count == 0)
            return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, Output = stdout, Error = stderr });

        foreach (var mistake in parsed.Errors)
            await stderr.WriteLineAsync(mistake.Message);
        await stderr.WriteLineAsync("Try slipway-agent join --help or slipway-agent run --help.");
        return ExitCode.WrongUsage;
    }

    public static Option<string> DataOption() => new("--data")
    {
        Description = "Where the agent keeps everything.",
        HelpName = "DIR",
        DefaultValueFactory = _ => DataFolder.Default,
    };
}
