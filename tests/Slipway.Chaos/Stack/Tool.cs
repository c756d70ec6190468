namespace Slipway.Chaos.Stack;

/// <summary>Programs of the system.</summary>
internal static class Tool
{
    public static async Task MustAsync(string program, params string[] arguments)
    {
        var result = await Command.RunAsync(program, arguments);
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {result.Story}");
    }

    public static async Task<bool> TryAsync(string program, params string[] arguments)
    {
        try
        {
            return (await Command.RunAsync(program, arguments)).ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
