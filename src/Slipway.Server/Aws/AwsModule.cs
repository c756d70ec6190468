using Slipway.Aws;
using Slipway.Server.Persistence;

namespace Slipway.Server.Aws;

internal static class AwsModule
{
    public static void AddAws(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(AwsSettings.From(builder.Configuration));
        builder.Services.AddSingleton(services => Open(services.GetRequiredService<AwsSettings>()));

        // For those who are there also where nothing of AWS is used.
        builder.Services.AddSingleton(services => new Lazy<AwsAccess>(services.GetRequiredService<AwsAccess>));
    }

    private static AwsAccess Open(AwsSettings settings)
    {
        try
        {
            return AwsAccess.Open(settings.Region);
        }
        catch (AwsException e)
        {
            throw new StartRefusedException($"{e.Message} Or with Slipway:Aws:Region.");
        }
    }
}
