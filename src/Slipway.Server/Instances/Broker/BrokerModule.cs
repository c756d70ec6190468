using Slipway.Aws;
using Slipway.Aws.Notifications;
using Slipway.Aws.Signing;

namespace Slipway.Server.Instances.Broker;

/// <summary>The AWS transport. Nothing of AWS is touched unless a topic is set.</summary>
internal static class BrokerModule
{
    public static void AddBroker(this IServiceCollection services)
    {
        services.AddSingleton<BrokerKey>();
        services.AddSingleton(provider => new AwsRequests(provider.GetRequiredService<AwsAccess>(), new HttpMessageInvoker(new SocketsHttpHandler()), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<SnsClient>();
        services.AddSingleton(provider => new Lazy<SnsClient>(provider.GetRequiredService<SnsClient>));
        services.AddSingleton<Topics>();
        services.AddSingleton(provider => new Lazy<Topics>(provider.GetRequiredService<Topics>));
        services.AddSingleton<Announcements>();
        services.AddSingleton<BroadcastMaker>();
        services.AddSingleton<PublishingReport>();
        services.AddSingleton<BrokerFacts>();
        services.AddSingleton(provider => new Lazy<BrokerFacts>(provider.GetRequiredService<BrokerFacts>));
        services.AddSingleton<Func<EnvironmentName, TopicPump>>(provider => environment => ActivatorUtilities.CreateInstance<TopicPump>(provider, environment));
        services.AddOwnLoop<Publisher>();
        services.AddOwnLoop<ReportLines>();
    }
}
