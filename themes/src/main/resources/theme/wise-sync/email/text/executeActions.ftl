<#ftl output_format="plainText">
<#import "/greeting.ftl" as greeting>
<#import "/actions.ftl" as actions>
${greeting.hello()}

${msg("wiseSyncActionsIntro", properties.brandName, (user.username)!"", actions.named(requiredActions![]))}

${link}

${msg("wiseSyncEmailLinkValid", linkExpirationFormatter(linkExpiration))}

${msg("wiseSyncActionsNotExpected")}

-- 
${msg("wiseSyncEmailFooter", properties.brandName)}
