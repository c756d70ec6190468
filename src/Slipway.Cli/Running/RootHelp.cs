using System.Text;

namespace Slipway.Cli.Running;

/// <summary>What `slipway` alone says: every command in one line, ordered by what one wants to do.</summary>
internal static class RootHelp
{
    public static string Text
    {
        get
        {
            var text = new StringBuilder("Deploys versions of services, watches them, and takes bad ones back.\n\nUsage: slipway <command> [options]\n");
            foreach (var group in Catalog.Commands.GroupBy(c => c.Group))
            {
                text.Append('\n').Append(group.Key).Append('\n');
                foreach (var command in group)
                    text.Append("  ").Append(command.Name.PadRight(14)).Append(command.Summary).Append('\n');
            }

            return text.Append(
                """

                Every command takes --server and --token (or SLIPWAY_SERVER and SLIPWAY_TOKEN,
                or slipway login), --json, --no-color, and --help, which explains it.

                Exit codes: 0 done; 1 the deployment failed or was taken back; 2 wrong usage
                or input; 3 refused (permission, hold, freeze, conflict); 4 server unreachable;
                130 interrupted (the deployment goes on).

                """).ToString();
        }
    }
}
