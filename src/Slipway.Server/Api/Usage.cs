namespace Slipway.Server.Api;

/// <summary>What <c>slipway-server --help</c> says; without it a question would start a server.</summary>
internal static class Usage
{
    public const string Text = $"""
        slipway-server                              starts the server; the first start says what to do next
        slipway-server token create --name NAME     makes an administrator's token, when the others are lost
        slipway-server backup DIR                   copies everything into a new directory, while the server runs
        slipway-server restore DIR                  takes a backup over into an empty database
        slipway-server import DIR                   takes a data directory over into PostgreSQL
        slipway-server migrate                      brings the database's schema up to date and ends

          --urls URL                     where to listen; default {Listening.DefaultUrl}, several separated by semicolons
          --Slipway:DataDirectory DIR    where everything is kept; default ./data
          --ConnectionStrings:Slipway S  the PostgreSQL database of several nodes; default one file in the data directory

        Every setting, which may also be an environment variable (Slipway__DataDirectory): docs/operations/server.md
        """;

    public static bool IsMeant(string[] args) => args is ["--help" or "-h" or "-?" or "help", ..];
}
